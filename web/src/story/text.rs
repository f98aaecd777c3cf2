//! The sentences of the story.

use crate::language::texts;

texts! {
    /// What the story is.
    WHAT: "How the network on this page was made, in pieces that you can touch: point at pixels, run the film, draw on the map.",
        "這個頁面上的神經網路是怎麼做出來的。每個部分都可以動手：指向像素、播放影片、在地圖上畫畫。";
    /// The problem that it solves.
    PROBLEM: "The problem: trained on photos alone, a network classifies only half of the doodles correctly. Edges of photos are full of texture and background; a doodle is a few lines from memory. And training knows no doodle’s label, the name of what it shows, so the network cannot learn from doodles as it does from photos.",
        "問題是：只用照片訓練的網路，大約只能正確分類一半的塗鴉。照片的邊緣充滿紋理與背景，塗鴉則是憑記憶畫下的幾條線。而且訓練時不知道任何塗鴉的標籤（也就是畫的是什麼），網路無法像學習照片那樣學習塗鴉。";
    /// The links to the chapters.
    CHAPTERS: "Chapters", "章節";

    /// A chapter.
    EDGES_TITLE: "A photo becomes edges", "照片變成邊緣";
    /// Its first sentence.
    EDGES_LEAD: "Photos and doodles look nothing alike. So each photo is shrunk to 32 × 32 grey pixels, and Canny’s method turns it into edges. Point at a pixel, or move the sliders, to see how it is decided.",
        "照片和塗鴉看起來完全不同，所以每張照片先縮成 32 × 32 的灰階圖，再以 Canny 演算法轉成邊緣。指向像素或移動滑桿，看看每個像素如何決定。";
    /// The buttons that choose a photo.
    PHOTOS: "Photo", "照片";
    /// The photo of the photo view.
    OWN_PHOTO: "The photo that is open", "目前開啟的照片";
    /// A step.
    GREY: "1. Grey", "1. 灰階";
    /// About it.
    GREY_ABOUT: "The photo’s square, 32 × 32.", "照片的正方形部分，32 × 32。";
    /// A step.
    GRADIENT: "2. Gradient", "2. 梯度";
    /// About it.
    GRADIENT_ABOUT: "How steeply the grey changes, by Sobel’s two kernels.", "以兩個 Sobel 核計算灰階變化的幅度。";
    /// A step.
    DIRECTION: "3. Direction", "3. 方向";
    /// About it.
    DIRECTION_ABOUT: "Orange ↔, blue ↕, green ⤡, pink ⤢.", "橘 ↔、藍 ↕、綠 ⤡、粉紅 ⤢。";
    /// A step.
    THIN: "4. Thinned", "4. 細化";
    /// About it.
    THIN_ABOUT: "Only the steepest pixel across an edge stays.", "橫跨邊緣的方向上只留下最陡的像素。";
    /// A step.
    EDGES: "5. Edges", "5. 邊緣";
    /// About it.
    EDGES_ABOUT: "White: strong. Orange: weak, kept. Grey: weak, dropped.", "白：強。橘：弱但保留。灰：弱而捨棄。";
    /// Where a pixel lies.
    COLUMN: "Column", "欄";
    /// Where a pixel lies.
    ROW: "Row", "列";
    /// The first kernel's products.
    DX: "To the right:", "向右：";
    /// The second kernel's products.
    DY: "Downwards:", "向下：";

    /// A chapter.
    BOXES_TITLE: "Three networks, photos and doodles", "三個網路、照片與塗鴉";
    /// Its first sentence.
    BOXES_LEAD: "F turns a picture into numbers, its features. C predicts the class from them; D predicts whether they came from a photo or a doodle. F is trained to help C and to mislead D: where D cannot tell the two apart, what C learned from photos can hold for doodles too. The laboratory has the same three boxes, with points in place of pictures.",
        "F 把圖片變成一組數字，也就是特徵。C 從特徵預測類別；D 從特徵預測它來自照片還是塗鴉。F 的訓練目標是幫助 C、誤導 D：當 D 分不出兩者時，C 從照片學到的就可能也適用於塗鴉。實驗室裡有相同的三個方塊，只是以點代替圖片。";
    /// Before a box is pointed at.
    POINT_AT_BOX: "Point at a box to see what it reads and what it learns.", "把游標移到方塊上，看它讀取什麼、學習什麼。";
    /// In D's box.
    PHOTO_OR_DOODLE: "photo or doodle?", "照片還是塗鴉？";
    /// About F.
    ABOUT_F: "F reads a picture of 32 × 32 pixels and makes 256 numbers of it, the features. It learns to help C and to confuse D: features that classify photos and do not tell photos from doodles.",
        "F 讀取 32 × 32 的圖片，產生 256 個數字，也就是特徵。它學著幫助 C、迷惑 D：特徵要能分類照片，又不能洩漏圖片是照片還是塗鴉。";
    /// About C.
    ABOUT_C: "C reads the features of photos and learns their ten classes. It sees no doodle’s label; what it learned from photos has to do for doodles.",
        "C 讀取照片的特徵，學習十個類別。它看不到塗鴉的標籤，只能靠從照片學到的東西。";
    /// About D.
    ABOUT_D: "D reads the features of both and learns which came from a photo. Its gradient reaches F reversed and scaled by lambda: at 0, F ignores D; too large, and F makes all features alike, of no use to C. After training D is thrown away.",
        "D 讀取兩者的特徵，學習哪些來自照片。它的梯度反轉並乘上 λ 後傳給 F：λ 為 0 時 F 不理會 D；太大時 F 會把所有特徵變得一樣，對 C 沒有用處。訓練完成後就不再需要 D。";

    /// A chapter.
    FILM_TITLE: "Doodles gather by class", "塗鴉依類別聚集";
    /// Its first sentence.
    FILM_LEAD: "Each point is a picture. Points that lie together have similar features (t-SNE). Run the film to see them move during training; point at one to see what it is.",
        "每個點是一張圖片，靠在一起的點有相似的特徵（t-SNE）。播放影片看它們在訓練中如何移動，指向一個點看它是什麼。";
    /// The film for screen readers.
    FILM_LABEL: "The film: pictures as points, close where the network’s features are similar. The sliders beside it move it and choose a point.",
        "影片：每張圖片是一個點，特徵相似的靠在一起。旁邊的滑桿可以調整播放位置、選擇點。";
    /// Runs the film.
    PLAY: "Play", "播放";
    /// Stops it.
    PAUSE: "Pause", "暫停";
    /// Where the film is.
    SNAPSHOT: "Snapshot", "快照";
    /// What decides on colours.
    COLOURS: "Colour by", "著色依據";
    /// Colours.
    BY_CLASS: "Class", "類別";
    /// Colours.
    BY_DOMAIN: "Photo or doodle", "照片或塗鴉";
    /// A marker.
    PHOTO_MARKER: "photo", "照片";
    /// A marker.
    DOODLE_MARKER: "doodle", "塗鴉";
    /// The colours of classes.
    CLASSES: "Classes: press one to make it stand out", "類別（按一下可突顯）";
    /// Chooses a point.
    POINT: "Point", "點";
    /// Before a point is chosen.
    POINT_AT_POINT: "Point at a point to see what it is.", "指向一個點，看它是什麼。";
    /// A doodle whose picture the story's file does not have.
    NO_PICTURE: "Its picture is not among those that came with this page.", "這個頁面沒有附上它的圖片。";

    /// A chapter.
    MAP_TITLE: "Your own drawing on the map", "你的塗鴉在地圖上的位置";
    /// Its first sentence.
    MAP_LEAD: "Draw: the five doodles with the most similar features decide where your drawing lies, and it moves as you draw.",
        "畫畫看：特徵最相似的五張塗鴉決定你的塗鴉在哪裡，它會隨著你的筆移動。";
    /// On the empty sheet.
    DRAW_HERE: "Draw here", "在這裡畫";
    /// Ready-made drawings.
    READY_MADE: "Or take a drawing that is ready", "或使用現成的塗鴉";
    /// The map for screen readers.
    MAP_LABEL: "The map: pictures as points, and your drawing among its five nearest doodles, which are listed below.",
        "地圖：圖片以點表示，你的塗鴉位於最近的五張塗鴉之間，清單在下方。";
    /// The list of neighbours.
    NEAREST: "Its five nearest doodles", "最近的五張塗鴉";
    /// Before anything is drawn.
    DRAW_FIRST: "Draw something first.", "請先畫點什麼。";
    /// What the network says of nothing.
    SAYS_NOTHING: "Draw something, and the network answers here.", "畫點什麼，網路會在這裡回答。";

    /// The fold.
    DEEPER: "One level deeper: what each block makes of your drawing", "再深入一層：每個區塊如何處理你的塗鴉";
    /// Its first sentence.
    DEEPER_LEAD: "Five blocks, each a 3 × 3 convolution, batch normalisation, ReLU and 2 × 2 max pooling. Choose a block, point at a map and at a pixel.",
        "五個區塊，每個都是 3 × 3 卷積、批次正規化、ReLU 與 2 × 2 最大池化。選擇區塊，再指向特徵圖與像素。";
    /// The buttons.
    BLOCKS: "Block", "區塊";
    /// Chooses a map.
    MAP: "Map", "特徵圖";
    /// The maps.
    ATLAS_LABEL: "All maps of the block after pooling", "區塊池化後的所有特徵圖";
    /// A map.
    BEFORE_POOLING: "Before pooling: the winner of each four has a frame", "池化前：每四個像素中的最大者有外框";
    /// A map.
    AFTER_POOLING: "After pooling", "池化後";

    /// A chapter.
    CURVES_TITLE: "The run in numbers", "訓練過程的數字";
    /// Its first sentence.
    CURVES_LEAD: "What was logged after each epoch. Accuracies run from 0 to 100%, everything else from 0, or its smallest value, to its largest. Labels of doodles were never trained on; where they appear, they only measure.",
        "每個訓練週期後的紀錄。準確率的範圍是 0 到 100%，其他則從 0（或最小值）到各自的最大值。塗鴉的標籤從未用於訓練，只用來測量。";
    /// The fold with the numbers.
    TABLE: "Numbers as tables", "以表格顯示數值";
    /// A column.
    EPOCH: "Epoch", "週期";

    /// A chapter.
    CONFUSION_TITLE: "How accurate it is, and what it confuses", "有多準確，又混淆了什麼";
    /// Its first sentence.
    CONFUSION_LEAD: "The doodles do have labels, but training never reads them. They are read only afterwards, to count the correct predictions: that is the accuracy. Animals seen from the side are confused most; people would confuse many of them, too.",
        "塗鴉其實有標籤，但訓練從不讀取。訓練結束後才讀取標籤，計算預測正確的比例，這就是準確率。最常混淆的是側面的動物，其中不少連人也會認錯。";
    /// The matrix for screen readers.
    CONFUSION_LABEL: "Confusion matrix", "混淆矩陣";
    /// Above the matrix.
    CONFUSION_CAPTION: "Label down, prediction across: numbers of doodles", "縱向為標籤，橫向為預測：塗鴉張數";
    /// The corner of the matrix.
    LABEL: "Label", "標籤";
    /// Where no labels were given.
    NOT_MEASURED: "Nothing was measured for this story.", "這份故事沒有測量結果。";

    /// A chapter.
    HELPED_TITLE: "What helped, and what failed", "什麼有效，什麼失敗";
    /// Its first sentence.
    HELPED_LEAD: "Most of the gain is not D’s. Nothing helped more than information maximisation: confident predictions for doodles, and every class predicted equally often.",
        "大部分的進步並非來自 D。最有效的是資訊最大化：對塗鴉的預測要有信心，而且每個類別被預測的次數相同。";
    /// Above what failed.
    FAILED_TITLE: "What failed", "失敗的嘗試";
    /// Its first sentence.
    FAILED_LEAD: "Each was tried once, on doodles with even ids unless it says otherwise: hints, not results.",
        "每項只試過一次；除非另外說明，都以編號為偶數的塗鴉測量。這些是線索，不是定論。";

    /// The site has no story's file.
    ABSENT: "This site comes without the story’s file: the film, the map, the curves and the confusion matrix are missing. Everything else works.",
        "這個網站沒有附上故事檔案，因此沒有影片、地圖、曲線與混淆矩陣，其他部分都能使用。";
    /// The page's address names other weights than the site's.
    OWN_WEIGHTS: "The address of this page names other weights. The story is that of the site’s own network; only your drawing is read with the weights that the address names.",
        "這個頁面的網址指定了其他權重。故事介紹的是網站本身的網路，只有你的塗鴉是用網址指定的權重來判斷的。";
    /// In place of the film then.
    LEFT_OUT: "The film, the map, the curves and the confusion matrix belong to the site’s own network. They are left out while other weights are used.",
        "影片、地圖、曲線與混淆矩陣屬於網站本身的網路，使用其他權重時不顯示。";
    /// It did not come.
    UNREACHABLE: "The file did not arrive: check the connection.", "檔案沒有送達，請檢查網路連線。";
}
